"""The values that cross borders: frozen, picklable, without behaviour beyond their own fields."""
