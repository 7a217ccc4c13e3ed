# The manual page and the completions, made by a program from the tables.
noinst_PROGRAMS += man/generate
man_generate_SOURCES = \
	man/generate.c \
	man/generate.h \
	man/page.c \
	man/shells.c
man_generate_LDADD = libipclab.a $(ALL_LIBS)

GENERATED = \
	man/completions/_ipclab \
	man/completions/ipclab.bash \
	man/completions/ipclab.fish \
	man/ipclab.1
CLEANFILES += $(GENERATED)

man/ipclab.1: man/generate$(EXEEXT)
	$(AM_V_GEN)man/generate man >$@.tmp && mv $@.tmp $@
man/completions/ipclab.bash: man/generate$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && man/generate bash >$@.tmp && \
	mv $@.tmp $@
man/completions/_ipclab: man/generate$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && man/generate zsh >$@.tmp && \
	mv $@.tmp $@
man/completions/ipclab.fish: man/generate$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && man/generate fish >$@.tmp && \
	mv $@.tmp $@

nodist_man_MANS = man/ipclab.1
bashdir = $(datadir)/bash-completion/completions
zshdir = $(datadir)/zsh/site-functions
fishdir = $(datadir)/fish/vendor_completions.d
nodist_zsh_DATA = man/completions/_ipclab
nodist_fish_DATA = man/completions/ipclab.fish
# bash finds a completion by the name of its command.
install-data-hook: install-bash
install-bash: man/completions/ipclab.bash
	$(MKDIR_P) '$(DESTDIR)$(bashdir)'
	$(INSTALL_DATA) man/completions/ipclab.bash \
		'$(DESTDIR)$(bashdir)/ipclab'
uninstall-hook: uninstall-bash
uninstall-bash:
	rm -f '$(DESTDIR)$(bashdir)/ipclab'
.PHONY: install-bash uninstall-bash
all-local: man/completions/ipclab.bash
