/* Wrong: append asks for the length and copies under two locks of the source,
 * not one.  To be found: the source is cut in between.  */
#include <pthread.h>
#include <string.h>

#include "must.h"

enum { ROOM = 16 };

struct buffer { pthread_mutex_t lock; size_t length; char text[ROOM]; };

static struct buffer source =
	{ PTHREAD_MUTEX_INITIALIZER, 3, { 'a', 'b', 'c' } };
static struct buffer target = { PTHREAD_MUTEX_INITIALIZER, 0, { 0 } };

static void
append(struct buffer *to, struct buffer *from)
{
	size_t length;

	pthread_mutex_lock(&to->lock);
	pthread_mutex_lock(&from->lock);
	length = from->length;
	pthread_mutex_unlock(&from->lock);
	pthread_mutex_lock(&from->lock);
	must(length <= from->length, "what is copied is there");
	memcpy(to->text + to->length, from->text, length);
	pthread_mutex_unlock(&from->lock);
	to->length += length;
	pthread_mutex_unlock(&to->lock);
}

static void
cut(struct buffer *buffer)
{
	pthread_mutex_lock(&buffer->lock);
	memset(buffer->text, 0, buffer->length);
	buffer->length = 0;
	pthread_mutex_unlock(&buffer->lock);
}

static void *
run_cutter(void *unused)
{
	cut(&source);
	return unused;
}

int
main(void)
{
	pthread_t cutter;

	pthread_create(&cutter, NULL, run_cutter, NULL);
	append(&target, &source);
	pthread_join(cutter, NULL);
	return 0;
}
