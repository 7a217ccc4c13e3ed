libipclab_a_SOURCES += \
	src/report/field.c \
	src/report/field.h \
	src/report/grade.c \
	src/report/report.h \
	src/report/result.c \
	src/report/result.h \
	src/report/result_json.c
