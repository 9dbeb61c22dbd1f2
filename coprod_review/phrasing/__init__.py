"""Every sentence that the program says about its results."""
