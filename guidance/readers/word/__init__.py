"""The parts of the Word reader: the package, its styles, its numbering, its stories."""
