libipclab_a_SOURCES += \
	src/view/canvas.c \
	src/view/canvas.h \
	src/view/cast.c \
	src/view/complete.c \
	src/view/help.c \
	src/view/help.h \
	src/view/hide.c \
	src/view/object_view.c \
	src/view/output_pane.c \
	src/view/output_pane.h \
	src/view/plain.c \
	src/view/plain.h \
	src/view/quote.c \
	src/view/quote.h \
	src/view/scene.c \
	src/view/scene.h \
	src/view/source.c \
	src/view/source.h \
	src/view/stage.c \
	src/view/stage.h \
	src/view/stage_command.c \
	src/view/stage_edit.c \
	src/view/stage_inside.h \
	src/view/timeline.c \
	src/view/why.c
