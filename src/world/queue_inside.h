/* What the files about message queues share; nobody else includes it.  */
#ifndef WORLD_QUEUE_INSIDE_H
#define WORLD_QUEUE_INSIDE_H

#include "world/inside.h"
#include "world/queue.h"

/* What only a queue knows of itself: made where there is none, or NULL.  */
struct queue *queue_own(struct object *o);
const struct queue *queue_known(const struct object *o);

/* Can it be a length?  A damaged recording may say anything.  */
bool queue_is_length(int64_t bytes);
/* The smaller of two lengths of data.  */
int queue_common(int a, int b);
/* The first bytes, as many as there is room for.  */
void queue_set_data(char *to, int *len, int room, const char *data,
		    int data_len);

#endif
