# What is read: installed beside the program.
dist_doc_DATA = \
	COPYING \
	NEWS.md \
	README.md \
	docs/bench.md \
	docs/conditions.md \
	docs/courses.md \
	docs/events.md \
	docs/exercise-format.md \
	docs/exploring.md \
	docs/figures.md \
	docs/how-to-add-a-decoder.md \
	docs/how-to-add-a-lesson.md \
	docs/how-to-add-a-view.md \
	docs/lesson-format.md \
	docs/reports.md \
	docs/result-format.md \
	docs/schedules.md \
	docs/testing.md \
	docs/writing-exercises.md
