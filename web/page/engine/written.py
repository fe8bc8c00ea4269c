"""Numbers as a person reads them, so that what is printed adds up as printed: whole numbers of the last digit are summed."""
import math

MINUS = "−"
MOST = 1e12  # beyond it a number is written with a power of ten
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Decimals:
    """Numbers with so many decimals."""

    def __init__(self, digits):
        self.digits = digits
        self.unit = 10 ** digits

    def units(self, value):
        """The number in units of its last decimal, rounded to a whole one; None where it can't be written so."""
        return round(float(value) * self.unit) if abs(value) < MOST else None  # not for nan either

    def write(self, units):
        """So many units, as −0.7057."""
        whole, rest = divmod(abs(units), self.unit)
        return "%s%d.%0*d" % (MINUS if units < 0 else "", whole, self.digits, rest)

    def __call__(self, value):
        """The number, rounded."""
        units = self.units(value)
        return significant(value, self.digits) if units is None else self.write(units)

    def minus(self, one, other):
        """Texts of two numbers, the second in brackets where it is negative, and of their difference as printed."""
        units = self.units(one), self.units(other)
        difference = self(one - other) if None in units else self.write(units[0] - units[1])
        return self(one), self.factor(other), difference

    def factor(self, value):
        """The number as a factor or a summand that is not the first: in brackets where it is negative."""
        text = self(value)
        return "(%s)" % text if text.startswith(MINUS) else text


def power(exponent):
    """A whole exponent, raised: ⁻⁷."""
    return str(exponent).translate(SUPERSCRIPT)


def significant(value, digits):
    """The number with so many digits that count: 0.0123, −4.6·10⁻⁷."""
    value = float(value)
    if not math.isfinite(value):
        return str(value).replace("-", MINUS)
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < 1e6:
        decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        return ("%.*f" % (decimals, value)).replace("-", MINUS)
    mantissa, exponent = ("%.*e" % (digits - 1, value)).split("e")
    return "%s·10%s" % (mantissa.replace("-", MINUS), power(int(exponent)))
