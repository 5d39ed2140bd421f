"""The index: words and their places, derived from the store and deletable. The only room that speaks Whoosh."""
