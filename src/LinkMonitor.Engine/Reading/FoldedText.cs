using System.Text;

namespace LinkMonitor.Engine.Reading;

/// <summary>Text with every run of white space folded into one space, and none at its ends.</summary>
/// <param name="maxLength">What is longer is cut, never inside a surrogate pair.</param>
internal sealed class FoldedText(int maxLength = int.MaxValue)
{
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

    public void Append(string text)
    {
        for (var i = 0; i < text.Length && _text.Length < maxLength; i++)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                Break();
                continue;
            }

            if (_isSpaceDue)
                _text.Append(' ');
            _isSpaceDue = false;
            _text.Append(text[i]);
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
