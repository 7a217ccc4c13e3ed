/* The other half.  */
int count(void);

int
main(void)
{
	return count() + count() == 3 ? 7 : 1;
}
