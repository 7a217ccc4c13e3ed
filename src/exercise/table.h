/* The keys of exercise.yaml, as a table of base/yaml.h.  */
#ifndef EXERCISE_TABLE_H
#define EXERCISE_TABLE_H

#include "exercise/exercise.h"

extern const struct yaml_table exercise_table;

#endif
