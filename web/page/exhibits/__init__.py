"""The exhibits: views of one notion each, loaded when first opened. See ui/views.py for what makes one."""
