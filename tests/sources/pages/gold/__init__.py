"""Labels of real print-outs, typed from the pages as pictures. See README.md."""
