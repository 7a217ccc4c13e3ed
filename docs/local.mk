# What is read: installed beside the program.
dist_doc_DATA = \
	COPYING \
	NEWS.md \
	README.md \
	docs/lesson-format.md \
	docs/testing.md
