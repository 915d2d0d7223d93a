using System.Globalization;
using System.Numerics;
using System.Text;

namespace BrewClip.Core.Text;

/// <summary>
/// Reads words from left to right and puts numbers together from them. A number is kept as an integer while arithmetic makes sense of it
/// ("two hundred and five") and as digits once its words are read out one after the other ("one oh five").
/// </summary>
internal sealed class EnglishNumberReader(string[] words)
{
    private readonly List<string> _output = [];
    private BigInteger? _integer;
    private string? _digits;
    private string? _prefix;

    private bool HasValue => _integer is not null || _digits is not null;

    /// <summary>The words with every number in digits.</summary>
    public List<string> Read()
    {
        for (int i = 0; i < words.Length; i++)
        {
            string? previous = i > 0 ? words[i - 1] : null, next = i + 1 < words.Length ? words[i + 1] : null;
            if (ReadWord(previous, words[i], next))
            {
                i++;
            }
        }

        WriteValue();
        return _output;
    }

    // Returns whether the next word was read as well.
    private bool ReadWord(string? previous, string current, string? next)
    {
        bool hasPrefix = EnglishNumberWords.Prefixes.Contains(current[0]);
        string unsigned = hasPrefix ? current[1..] : current;
        if (TryReadNumeral(unsigned, out BigInteger? whole))
        {
            ReadNumeral(current, unsigned, whole, hasPrefix);
        }
        else if (EnglishNumberWords.Zeros.Contains(current))
        {
            SetDigits(DigitsOrNothing() + "0");
        }
        else if (EnglishNumberWords.Ones.TryGetValue(current, out int ones))
        {
            ReadOnes(previous, ones);
        }
        else if (EnglishNumberWords.OnesSuffixed.TryGetValue(current, out var suffixedOnes))
        {
            ReadSuffixedOnes(previous, suffixedOnes.Value, suffixedOnes.Suffix);
        }
        else if (EnglishNumberWords.Tens.TryGetValue(current, out int tens))
        {
            ReadTens(tens);
        }
        else if (EnglishNumberWords.TensSuffixed.TryGetValue(current, out var suffixedTens))
        {
            ReadTens(suffixedTens.Value);
            WriteValue(suffixedTens.Suffix);
        }
        else if (EnglishNumberWords.Multipliers.TryGetValue(current, out BigInteger multiplier))
        {
            ReadMultiplier(multiplier);
        }
        else if (EnglishNumberWords.MultipliersSuffixed.TryGetValue(current, out var suffixedMultiplier))
        {
            ReadSuffixedMultiplier(suffixedMultiplier.Value, suffixedMultiplier.Suffix);
        }
        else
        {
            return ReadSign(previous, current, next);
        }

        return false;
    }

    private void ReadNumeral(string current, string unsigned, BigInteger? whole, bool hasPrefix)
    {
        if (_digits is not null && _digits.EndsWith('.'))
        {
            _digits += current;
            return;
        }

        WriteValue();
        _prefix = hasPrefix ? current[..1] : _prefix;
        (_integer, _digits) = (whole, whole is null ? unsigned : null);
    }

    private void ReadOnes(string? previous, int ones)
    {
        if (!HasValue)
        {
            _integer = ones;
        }
        else if (_digits is not null || IsOne(previous))
        {
            string digits = DigitsOrInteger();
            // "twenty" read out left its zero for this digit.
            SetDigits(IsTen(previous) && ones < 10 ? $"{digits[..^1]}{ones}" : $"{digits}{ones}");
        }
        else if (_integer % (ones < 10 ? 10 : 100) == 0)
        {
            _integer += ones;
        }
        else
        {
            SetDigits($"{_integer}{ones}");
        }
    }

    private void ReadSuffixedOnes(string? previous, int ones, string suffix)
    {
        ReadOnes(previous, ones);
        WriteValue(suffix);
    }

    private void ReadTens(int tens)
    {
        if (!HasValue)
        {
            _integer = tens;
        }
        else if (_digits is null && _integer % 100 == 0)
        {
            _integer += tens;
        }
        else
        {
            SetDigits($"{DigitsOrInteger()}{tens}");
        }
    }

    private void ReadMultiplier(BigInteger multiplier)
    {
        if (!HasValue)
        {
            _integer = multiplier;
        }
        else if (_digits is not null || _integer == 0)
        {
            if (!TryMultiply(DigitsOrInteger(), multiplier, out BigInteger product))
            {
                WriteValue();
                product = multiplier;
            }

            (_integer, _digits) = (product, null);
        }
        else
        {
            _integer = MultiplyLastThree(multiplier);
        }
    }

    private void ReadSuffixedMultiplier(BigInteger multiplier, string suffix)
    {
        if (!HasValue)
        {
            _integer = multiplier;
        }
        else if (_digits is null)
        {
            _integer = MultiplyLastThree(multiplier);
        }
        else if (TryMultiply(_digits, multiplier, out BigInteger product))
        {
            (_integer, _digits) = (product, null);
        }
        else
        {
            WriteValue();
            _integer = multiplier;
        }

        WriteValue(suffix);
    }

    private BigInteger MultiplyLastThree(BigInteger multiplier)
    {
        BigInteger last = _integer!.Value % 1000;
        return _integer.Value - last + last * multiplier;
    }

    private bool ReadSign(string? previous, string current, string? next)
    {
        bool beforeNumber = EnglishNumberWords.IsKnown(next) || (next is not null && TryReadNumeral(next, out _));
        if (EnglishNumberWords.Signs.TryGetValue(current, out string? sign))
        {
            WriteValue();
            if (beforeNumber)
            {
                _prefix = sign;
            }
            else
            {
                WriteWord(current);
            }
        }
        else if (EnglishNumberWords.Currencies.TryGetValue(current, out string? currency) && HasValue)
        {
            _prefix = currency;
            WriteValue();
        }
        else if (current is "percent" && HasValue)
        {
            WriteValue("%");
        }
        else if (current is "per" && next is "cent" && HasValue)
        {
            WriteValue("%");
            return true;
        }
        else if (current is "and" or "double" or "triple" or "point" && beforeNumber)
        {
            return ReadJoiningWord(previous, current, next!);
        }
        else
        {
            WriteValue();
            WriteWord(current);
        }

        return false;
    }

    private bool ReadJoiningWord(string? previous, string current, string next)
    {
        if (current is "and")
        {
            if (previous is null || !EnglishNumberWords.Multipliers.ContainsKey(previous))
            {
                WriteValue();
                WriteWord(current);
            }
        }
        else if (current is "point")
        {
            // Before a word that no decimal begins with, the reference drops "point".
            if (EnglishNumberWords.IsDecimal(next) || TryReadNumeral(next, out _))
            {
                SetDigits(DigitsOrNothing() + ".");
            }
        }
        else if (EnglishNumberWords.Ones.ContainsKey(next) || EnglishNumberWords.Zeros.Contains(next))
        {
            string digit = EnglishNumberWords.Ones.GetValueOrDefault(next).ToString(CultureInfo.InvariantCulture);
            SetDigits(DigitsOrNothing() + string.Concat(Enumerable.Repeat(digit, current is "double" ? 2 : 3)));
            return true;
        }
        else
        {
            WriteValue();
            WriteWord(current);
        }

        return false;
    }

    private void WriteValue(string suffix = "")
    {
        if (HasValue)
        {
            WriteWord(DigitsOrInteger() + suffix);
        }
    }

    // A pending prefix goes to whatever is written next, as in the reference.
    private void WriteWord(string word)
    {
        _output.Add(_prefix + word);
        (_prefix, _integer, _digits) = (null, null, null);
    }

    private void SetDigits(string digits) => (_integer, _digits) = (null, digits);

    private string DigitsOrInteger() => _digits ?? _integer!.Value.ToString(CultureInfo.InvariantCulture);

    private string DigitsOrNothing() => _integer == 0 ? "" : HasValue ? DigitsOrInteger() : "";

    private static bool IsOne(string? word) => word is not null && EnglishNumberWords.Ones.ContainsKey(word);

    private static bool IsTen(string? word) => word is not null && EnglishNumberWords.Tens.ContainsKey(word);

    /// <summary>
    /// Whether <paramref name="text"/> is digits with at most one decimal point among them; <paramref name="whole"/> is its value where
    /// that is whole.
    /// </summary>
    private static bool TryReadNumeral(string text, out BigInteger? whole)
    {
        whole = null;
        int point = text.IndexOf('.');
        ReadOnlySpan<char> integer = point < 0 ? text : text.AsSpan(0, point), fraction = point < 0 ? "" : text.AsSpan(point + 1);
        if (integer.IsEmpty || (point >= 0 && fraction.IsEmpty) || !AreDigits(integer) || !AreDigits(fraction))
        {
            return false;
        }

        if (ToAscii(fraction).Trim('0').Length == 0)
        {
            whole = BigInteger.Parse(ToAscii(integer), CultureInfo.InvariantCulture);
        }

        return true;
    }

    private static bool TryMultiply(string digits, BigInteger multiplier, out BigInteger product)
    {
        product = default;
        string[] parts = digits.Split('.');
        if (parts.Length > 2 || !parts.All(part => AreDigits(part)) || digits is "" or ".")
        {
            return false;
        }

        string fraction = parts.Length == 2 ? ToAscii(parts[1]) : "";
        BigInteger numerator = BigInteger.Parse("0" + ToAscii(parts[0]) + fraction, CultureInfo.InvariantCulture) * multiplier;
        product = BigInteger.DivRem(numerator, BigInteger.Pow(10, fraction.Length), out BigInteger remainder);
        return remainder.IsZero;
    }

    private static bool AreDigits(ReadOnlySpan<char> text)
    {
        foreach (char unit in text)
        {
            if (!char.IsDigit(unit))
            {
                return false;
            }
        }

        return true;
    }

    // Digits of any script count.
    private static string ToAscii(ReadOnlySpan<char> digits)
    {
        var result = new StringBuilder(digits.Length);
        foreach (char digit in digits)
        {
            result.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(digit)));
        }

        return result.ToString();
    }
}
