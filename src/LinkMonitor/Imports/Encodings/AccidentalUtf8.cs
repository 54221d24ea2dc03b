namespace LinkMonitor.Imports.Encodings;

/// <summary>
/// Finds files that are valid UTF-8 by accident: of few letters, each pair of bytes would be a character that no other word of the file
/// explains. What Macs write for "l’é" is one letter of Armenian in UTF-8.
/// </summary>
internal sealed class AccidentalUtf8
{
    private readonly List<byte> _run = [];
    private byte _before = (byte)'\n';
    private byte _beforeRun;
    private int _line = 1;

    /// <summary>Something in the file is UTF-8 on purpose.</summary>
    public bool IsMeant { get; private set; }

    /// <summary>The first character that stands in the file by accident, if nothing is meant; null when there is none.</summary>
    public TextDoubt? Doubt { get; private set; }

    /// <summary>Takes the next bytes of a file that is valid UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value >= 0x80)
            {
                if (_run.Count == 0)
                    _beforeRun = _before;
                _run.Add(value);
                IsMeant = _run.Count > 2;
            }
            else if (_run.Count > 0)
            {
                EndRun(value);
            }

            if (IsMeant)
                return;
            _before = value;
            if (value == (byte)'\n')
                _line++;
        }
    }

    private void EndRun(byte after)
    {
        // Letters of other alphabets than the Latin and the Greek, of which single ones stand in units (μm), inside a word of ASCII
        // letters.
        var isStray = _run is [(>= 0xC8 and <= 0xCD) or >= 0xD0, _]
            && (char.IsAsciiLetter((char)_beforeRun) || char.IsAsciiLetter((char)after));
        IsMeant = !isStray;
        byte[] bytes = [.. _run];
        Doubt ??= new TextDoubt(_line, bytes, TextEncodings.Lenient(1252).GetString(bytes), "utf-8",
            System.Text.Encoding.UTF8.GetString(bytes));
        _run.Clear();
    }
}
