namespace LinkMonitor.Imports.Rows;

/// <summary>
/// A text that can be read again from a line further on: what was read is kept from the beginning of the current row, so memory holds a row
/// and what the reader of rows has taken beyond it.
/// </summary>
internal sealed class LineText(TextReader text) : TextReader
{
    private const int Block = 16 * 1024;

    private readonly List<char> _kept = [];

    /// <summary>Where in <see cref="_kept"/> the reader goes on.</summary>
    private int _next;

    /// <summary>Where in <see cref="_kept"/> the current row begins.</summary>
    private int _row;

    /// <summary>UTF-8 bytes from where this text was begun, or begun again, up to the current row.</summary>
    private long _rowOffset;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (_next == _kept.Count && !ReadOn())
            return 0;
        var count = Math.Min(buffer.Length, _kept.Count - _next);
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_kept).Slice(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override int Peek() => _next < _kept.Count || ReadOn() ? _kept[_next] : -1;

    /// <summary>Says where the current row begins: what is before it is not kept any more.</summary>
    /// <param name="offset">In bytes of UTF-8 from where this text was begun, or begun again.</param>
    public void Keep(long offset)
    {
        while (_rowOffset < offset && _row < _kept.Count)
        {
            var isPair = char.IsHighSurrogate(_kept[_row]) && _row + 1 < _kept.Count && char.IsLowSurrogate(_kept[_row + 1]);
            _rowOffset += isPair ? 4 : _kept[_row] switch { < '\u0080' => 1, < '\u0800' => 2, _ => 3 };
            _row += isPair ? 2 : 1;
        }

        if (_row < Block)
            return;
        _kept.RemoveRange(0, _row);
        (_next, _row) = (_next - _row, 0);
    }

    /// <summary>Passes over the empty lines at the beginning of the current row.</summary>
    /// <returns>How many there were.</returns>
    public int SkipEmptyLines()
    {
        var lines = 0;
        while ((_row < _kept.Count || ReadOn()) && _kept[_row] is '\n' or '\r')
        {
            EndLine();
            lines++;
        }

        return lines;
    }

    /// <summary>Begins again behind the first line of the current row.</summary>
    public void BeginAgain()
    {
        while (true)
        {
            while (_row < _kept.Count && _kept[_row] is not ('\n' or '\r'))
                _row++;
            if (_row < _kept.Count)
                break;

            // The line may be longer than memory.
            _kept.Clear();
            (_row, _next) = (0, 0);
            if (!ReadOn())
                break;
        }

        if (_row < _kept.Count)
            EndLine();
        _kept.RemoveRange(0, _row);
        (_row, _next, _rowOffset) = (0, 0, 0);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    // CR LF is one end of a line.
    private void EndLine()
    {
        var isCarriageReturn = _kept[_row++] == '\r';
        if (isCarriageReturn && (_row < _kept.Count || ReadOn()) && _kept[_row] == '\n')
            _row++;
    }

    private bool ReadOn()
    {
        var block = new char[Block];
        var count = text.Read(block, 0, Block);
        _kept.AddRange(block.AsSpan(0, count));
        return count > 0;
    }
}
