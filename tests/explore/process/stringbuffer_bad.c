/* Wrong: append asks for the length and copies under two locks of the source,
 * not one.  To be found: the source is cut in between.  */
#include <pthread.h>
#include <string.h>

#include "must.h"

enum { ROOM = 16 };

struct buffer { pthread_rwlock_t lock; size_t length; char text[ROOM]; };

static struct buffer *source, *target;

static void
make_buffer(struct buffer *buffer, const char *text)
{
	pthread_rwlockattr_t kind;

	pthread_rwlockattr_init(&kind);
	pthread_rwlockattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
	must(pthread_rwlock_init(&buffer->lock, &kind) == 0,
	     "a lock can be made");
	pthread_rwlockattr_destroy(&kind);
	buffer->length = strlen(text);
	memcpy(buffer->text, text, buffer->length);
}

static void
run_appender(void)
{
	size_t length;

	pthread_rwlock_wrlock(&target->lock);
	pthread_rwlock_rdlock(&source->lock);
	length = source->length;
	pthread_rwlock_unlock(&source->lock);
	pthread_rwlock_rdlock(&source->lock);
	must(length <= source->length, "what is copied is there");
	memcpy(target->text + target->length, source->text, length);
	pthread_rwlock_unlock(&source->lock);
	target->length += length;
	pthread_rwlock_unlock(&target->lock);
}

static void
run_cutter(void)
{
	pthread_rwlock_wrlock(&source->lock);
	memset(source->text, 0, source->length);
	source->length = 0;
	pthread_rwlock_unlock(&source->lock);
}

int
main(void)
{
	source = share(2 * sizeof(*source));
	target = source + 1;
	make_buffer(source, "abc");
	make_buffer(target, "");
	start(run_cutter);
	start(run_appender);
	return finish(2);
}
