"""Mirror of src/minutes_parser/extract."""
