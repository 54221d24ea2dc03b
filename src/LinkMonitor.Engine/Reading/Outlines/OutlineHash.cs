using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Engine.Reading.Outlines;

/// <summary>
/// A SHA-256 of pieces, each with its length, so that no two lists of pieces are written alike. Whoever writes pages must not be able to
/// make two with one outline, so a quicker hash would not do.
/// </summary>
internal sealed class OutlineHash : IDisposable
{
    private const int Capacity = 8 * 1024;
    private const int HashLength = 16;
    private const byte IsNarrow = 0xFF;
    private const byte IsWide = 0xFE;

    private readonly char[] _buffer = ArrayPool<char>.Shared.Rent(Capacity);
    private readonly byte[] _narrow = ArrayPool<byte>.Shared.Rent(Capacity + 1);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _count;

    public void Add(char c)
    {
        if (_count == Capacity)
            Flush();
        _buffer[_count++] = c;
    }

    public void Add(ReadOnlySpan<char> piece)
    {
        AddLength(piece.Length);
        AddPart(piece);
    }

    /// <summary>A name, in lower case.</summary>
    public void AddName(ReadOnlySpan<char> name)
    {
        AddLength(name.Length);
        if (!name.ContainsAnyInRange('A', 'Z'))
        {
            AddPart(name);
            return;
        }

        foreach (var c in name)
            Add(AsciiCase.Lower(c));
    }

    public void AddLength(int length)
    {
        Add((char)(length & 0xFFFF));
        Add((char)(length >> 16));
    }

    /// <summary>A part of a piece whose length is written already.</summary>
    public void AddPart(ReadOnlySpan<char> part)
    {
        while (!part.IsEmpty)
        {
            if (_count == Capacity)
                Flush();
            var length = Math.Min(part.Length, Capacity - _count);
            part[..length].CopyTo(_buffer.AsSpan(_count));
            _count += length;
            part = part[length..];
        }
    }

    /// <summary>128 bits, 22 characters.</summary>
    public string Take()
    {
        Flush();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return Base64Url.EncodeToString(hash[..HashLength]);
    }

    public void Dispose()
    {
        _hash.Dispose();
        ArrayPool<char>.Shared.Return(_buffer);
        ArrayPool<byte>.Shared.Return(_narrow);
    }

    private void Flush()
    {
        var full = _buffer.AsSpan(0, _count);
        _count = 0;

        // Half the bytes, where they say all there is to say. What goes in is cut at the same places either way.
        if (Ascii.FromUtf16(full, _narrow.AsSpan(1), out var written) is OperationStatus.Done)
        {
            _narrow[0] = IsNarrow;
            _hash.AppendData(_narrow.AsSpan(0, written + 1));
            return;
        }

        _narrow[0] = IsWide;
        _hash.AppendData(_narrow.AsSpan(0, 1));
        _hash.AppendData(MemoryMarshal.AsBytes(full));
    }
}
