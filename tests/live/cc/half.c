/* Half of a program, or a shared library.  */
int counter;

int
count(void)
{
	return ++counter;
}
