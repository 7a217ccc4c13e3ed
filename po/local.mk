# Messages: gettext without its machinery.  A language is one file, LANG.po,
# named here; `make update-po` brings the files up to date with the sources.
LINGUAS = zh_CN

PO_INPUTS = $(filter %.c,$(libipclab_a_SOURCES))
XGETTEXT_OPTIONS = --from-code=UTF-8 --keyword=_ --keyword=N_ \
	--add-comments=TRANSLATORS: --sort-by-file --package-name=ipclab \
	--flag=_:1:pass-c-format --flag=N_:1:pass-c-format \
	--flag=buf_addf:2:c-format --flag=canvas_putf:6:c-format \
	--flag=die:1:c-format --flag=fail:2:c-format \
	--flag=xasprintf:1:c-format

CATALOGUES = $(LINGUAS:%=po/locale/%/LC_MESSAGES/ipclab.mo)
CLEANFILES += $(CATALOGUES) po/ipclab.pot
EXTRA_DIST += $(LINGUAS:%=po/%.po)

all-local: $(CATALOGUES)

po/locale/%/LC_MESSAGES/ipclab.mo: $(srcdir)/po/%.po
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT) -c -o $@.tmp $< && \
	mv $@.tmp $@

po/ipclab.pot: $(PO_INPUTS)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && abs=`pwd` && cd $(srcdir) && \
	xgettext $(XGETTEXT_OPTIONS) -o $$abs/$@ $(PO_INPUTS)

update-po: po/ipclab.pot
	for l in $(LINGUAS); do \
		msgmerge -q --update --backup=none --no-fuzzy-matching \
			--sort-by-file $(srcdir)/po/$$l.po po/ipclab.pot && \
		msgattrib --no-obsolete --sort-by-file -o $(srcdir)/po/$$l.po \
			$(srcdir)/po/$$l.po || exit 1; \
	done

install-data-hook: install-messages
install-messages: $(CATALOGUES)
	for l in $(LINGUAS); do \
		to='$(DESTDIR)$(localedir)'/$$l/LC_MESSAGES; \
		$(MKDIR_P) "$$to" && $(INSTALL_DATA) \
			po/locale/$$l/LC_MESSAGES/ipclab.mo "$$to" || exit 1; \
	done
uninstall-hook: uninstall-messages
uninstall-messages:
	for l in $(LINGUAS); do \
		rm -f '$(DESTDIR)$(localedir)'/$$l/LC_MESSAGES/ipclab.mo; \
	done
.PHONY: install-messages uninstall-messages update-po
