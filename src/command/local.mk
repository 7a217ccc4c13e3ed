libipclab_a_SOURCES +=
