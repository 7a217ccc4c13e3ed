int secret_token_of_the_tests = 1; /* TOKEN-4711 */
