using System.Runtime.InteropServices;
using LinkMonitor.Engine.Fetching.Results;

namespace LinkMonitor.Engine.Fetching.Decoding;

/// <summary>
/// The head of every answer on a connection passes through <see cref="HeaderLines"/>, and so does what stands behind the last chunk of a
/// body; everything else passes as it comes. A head is what follows a request until its empty line; how long a body is need not be known,
/// because no request goes out before the answer to the last one has ended.
/// </summary>
internal sealed class AnswerMending(int maxHeadBytes)
{
    private readonly HeaderLines _lines = new();
    private readonly List<byte> _line = [];
    private readonly List<byte> _ready = [];
    private int _given;
    private int _headBytes;
    private bool _isStatusRead;
    private bool _isTrailer;
    private ChunkWalk? _chunks;

    // Written by the one who sends while a reading may be under way: what that brings is the answer's.
    private volatile bool _isHead;

    /// <summary>Whether the next bytes belong to a head or a trailer.</summary>
    public bool IsHead => _isHead;

    /// <summary>Whether there are bytes to give before more are read.</summary>
    public bool HasReady => _given < _ready.Count;

    /// <summary>An answer begins.</summary>
    public void Begin()
    {
        _lines.Reset();
        (_isStatusRead, _isTrailer, _headBytes, _chunks) = (false, false, 0, null);
        _isHead = true;
    }

    public int Give(Span<byte> buffer)
    {
        var ready = CollectionsMarshal.AsSpan(_ready)[_given..];
        var count = Math.Min(buffer.Length, ready.Length);
        ready[..count].CopyTo(buffer);
        _given += count;
        if (_given == _ready.Count)
        {
            _ready.Clear();
            _given = 0;
        }

        return count;
    }

    /// <summary>Follows a body to its trailer.</summary>
    /// <returns>How many of the bytes are the body's; what follows has been taken.</returns>
    public int TakeBody(ReadOnlySpan<byte> bytes)
    {
        var trailer = _chunks?.FindTrailer(bytes) ?? -1;
        if (trailer < 0)
            return bytes.Length;
        BeginTrailer();
        Take(bytes[trailer..]);
        return trailer;
    }

    /// <summary>Takes bytes that begin within a head or a trailer.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _isHead)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..end];
            _headBytes += part.Length + 1;
            if (_headBytes > maxHeadBytes)
            {
                LetPass();
                break;
            }

            _line.AddRange(part);
            if (end < 0)
                return;
            EndLine();
            bytes = bytes[(end + 1)..];
        }

        AddBody(bytes);
    }

    /// <summary>The body comes before the trailer that is found behind it.</summary>
    private void AddBody(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        var trailer = _chunks?.FindTrailer(bytes) ?? -1;
        _ready.AddRange(trailer < 0 ? bytes : bytes[..trailer]);
        if (trailer < 0)
            return;
        BeginTrailer();
        Take(bytes[trailer..]);
    }

    private void BeginTrailer()
    {
        (_chunks, _isTrailer, _headBytes) = (null, true, 0);
        _isHead = true;
    }

    private void EndLine()
    {
        var line = CollectionsMarshal.AsSpan(_line).TrimEnd((byte)'\r');
        if (!_isStatusRead)
        {
            // A line left over from the answer before is no status line.
            if (line.IsEmpty)
            {
                _line.Clear();
                return;
            }

            _lines.AddStatus(line, _ready);
            _isStatusRead = true;
        }
        else if (line.IsEmpty)
            EndHead();
        else
            AddFields(line);
        _line.Clear();
    }

    /// <summary>A carriage return alone ends a line, too, but no head.</summary>
    private void AddFields(ReadOnlySpan<byte> line)
    {
        foreach (var range in line.Split((byte)'\r'))
        {
            if (!line[range].IsEmpty)
                _lines.AddField(line[range], _ready);
        }
    }

    private void EndHead()
    {
        _ready.AddRange("\r\n"u8);

        // Behind an interim answer comes another head: https://www.rfc-editor.org/rfc/rfc9110#section-15.2
        if (!_isTrailer && _lines.Status is >= 100 and < 200 and not 101)
        {
            Begin();
            return;
        }

        _chunks = !_isTrailer && _lines.IsChunked ? new ChunkWalk() : null;
        (_isTrailer, _isHead) = (false, false);
    }

    /// <summary>The connection ends within a head or trailer. Behind the last chunk nothing is missing.</summary>
    /// <returns>Whether there is more to give.</returns>
    public bool EndEarly()
    {
        if (_isTrailer)
            _line.Clear();
        LetPass();
        if (_isTrailer)
            _ready.AddRange("\r\n"u8);
        _isTrailer = false;
        return _ready.Count > 0;
    }

    /// <summary>Gives up. What the client makes of the bytes is up to it.</summary>
    private void LetPass()
    {
        _isHead = false;
        _ready.AddRange(CollectionsMarshal.AsSpan(_line));
        _line.Clear();
    }
}

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
