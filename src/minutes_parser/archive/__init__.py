"""Many documents: found, converted in processes that cannot harm each other, kept up to date, checked."""
