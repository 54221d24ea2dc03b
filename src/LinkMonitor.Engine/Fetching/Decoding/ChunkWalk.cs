namespace LinkMonitor.Engine.Fetching.Decoding;

/// <summary>
/// Follows a chunked body, without touching it, to where its trailer begins: https://www.rfc-editor.org/rfc/rfc9112#section-7.1. Of a body
/// that breaks the rules it loses track, and finds no trailer.
/// </summary>
internal sealed class ChunkWalk
{
    private enum Place
    {
        Size,
        Extension,
        Data,
        DataEnd,
        Lost,
    }

    // Longer sizes are nonsense; browsers count up to here, too.
    private const int MostDigits = 15;

    private Place _place = Place.Size;
    private long _size;
    private int _digits;

    /// <summary>Where the trailer begins, behind the line of the last chunk; -1 when it does not begin in these bytes.</summary>
    public int FindTrailer(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            if (_place is Place.Lost)
                return -1;
            if (_place is Place.Data)
            {
                var count = (int)Math.Min(_size, bytes.Length - i);
                (i, _size) = (i + count, _size - count);
                if (_size == 0)
                    _place = Place.DataEnd;
                continue;
            }

            if (Step(bytes[i++]))
                return i;
        }

        return -1;
    }

    /// <returns>Whether the line of the last chunk ends with this byte.</returns>
    private bool Step(byte b)
    {
        if (_place is Place.DataEnd)
        {
            _place = b switch
            {
                (byte)'\n' => Place.Size,
                (byte)'\r' => Place.DataEnd,
                _ => Place.Lost,
            };
            return false;
        }

        if (b == '\n')
            return EndLine();
        if (_place is Place.Size && char.IsAsciiHexDigit((char)b))
            AddDigit(b);
        else
            _place = Place.Extension;
        return false;
    }

    private void AddDigit(byte digit)
    {
        _size = _size * 16 + Convert.ToInt32(((char)digit).ToString(), 16);
        if (++_digits > MostDigits)
            _place = Place.Lost;
    }

    private bool EndLine()
    {
        var isLast = _digits > 0 && _size == 0;
        _place = _digits == 0 ? Place.Lost : Place.Data;
        _digits = 0;
        return isLast;
    }
}
