using System.Buffers;
using System.Text;

namespace LinkMonitor.Engine.Reading;

/// <summary>Text with every run of white space folded into one space, and none at its ends.</summary>
/// <param name="maxLength">What is longer is cut, never inside a surrogate pair.</param>
internal sealed class FoldedText(int maxLength = int.MaxValue)
{
    private const string Odd =
        "\t\n\v\f\r\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    private static readonly SearchValues<char> OddSpaces = SearchValues.Create(Odd);
    private static readonly SearchValues<char> Spaces = SearchValues.Create(Odd + " ");

    private readonly StringBuilder _text = new();
    private bool _isSpaceDue;

    public int Length => _text.Length;

    /// <summary>Folds one string. No-break spaces count as white space: to a reader they are.</summary>
    public static string Fold(string text)
    {
        var folded = new FoldedText();
        folded.Append(text);
        return folded.ToString();
    }

    public void Append(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && _text.Length < maxLength)
        {
            if (char.IsWhiteSpace(text[0]))
            {
                Break();
                var next = text.IndexOfAnyExcept(Spaces);
                text = next < 0 ? [] : text[next..];
                continue;
            }

            // Most text is words with one space between them, which stays as it is.
            var end = text.IndexOfAny(OddSpaces);
            end = end < 0 ? text.Length : end;
            var pair = text[..end].IndexOf("  ");
            end = pair < 0 ? end : pair;
            var words = text[..end].TrimEnd(' ');
            if (_isSpaceDue)
                _text.Append(' ');
            _isSpaceDue = false;
            _text.Append(words[..(int)Math.Min(words.Length, (long)maxLength - _text.Length + 1)]);
            if (words.Length < end)
                Break();
            text = text[end..];
        }
    }

    /// <summary>Keeps apart what stands before and after, as the edge of a block does.</summary>
    public void Break() => _isSpaceDue = _text.Length > 0;

    public override string ToString()
    {
        var length = Math.Min(_text.Length, maxLength);
        if (length > 0 && length == maxLength && char.IsHighSurrogate(_text[length - 1]))
            length--;
        return _text.ToString(0, length);
    }
}
