using System.Text;
using LinkMonitor.Spooling;

namespace LinkMonitor.CommandLine.Results;

/// <summary>
/// The results of a run on disk, each written whole as it comes; where each is, is kept in twelve bytes a row, so that they can be read in
/// the order of the file of links. Not thread-safe.
/// </summary>
internal sealed class ResultLog : IDisposable
{
    private const long Missing = -1;

    private readonly FileStream _file;
    private readonly long[] _at;
    private readonly int[] _length;
    private readonly int _headerLength;
    private int _last = -1;
    private bool _isInOrder = true;

    /// <param name="file">Empty, or with the header and results that are noted next; written at its end.</param>
    private ResultLog(FileStream file, int rows, int headerLength)
    {
        _file = file;
        _headerLength = headerLength;
        _at = new long[rows];
        _length = new int[rows];
        Array.Fill(_at, Missing);
    }

    /// <summary>Creates or empties the user's file; null for a temporary one that is gone with the process.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not create the file.</exception>
    public static ResultLog Create(FileInfo? file, int rows, string header)
    {
        var stream = file is null
            ? TemporaryFile.Create("results", bufferSize: 0)
            : new FileStream(
                file.FullName, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, BufferSize = 0 });
        var bytes = Encoding.UTF8.GetBytes(file is null ? string.Empty : header);
        stream.Write(bytes);
        return new ResultLog(stream, rows, bytes.Length);
    }

    /// <summary>Goes on behind the results of a stopped run; what was cut in the middle is taken off.</summary>
    /// <param name="end">Where the last whole result ends, in bytes.</param>
    /// <param name="hasOthers">It holds results that are not noted; they are gone when it was put in order.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not write the file.</exception>
    public static ResultLog Continue(FileInfo file, int rows, string header, long end, bool hasOthers)
    {
        var options = new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, BufferSize = 0 };
        var stream = new FileStream(file.FullName, options);
        stream.SetLength(end);
        stream.Position = end;
        return new ResultLog(stream, rows, Encoding.UTF8.GetByteCount(header)) { _isInOrder = !hasOthers };
    }

    /// <summary>Whether the file of links has such a row and its result is here.</summary>
    public bool Has(int row) => row < _at.Length && _at[row] != Missing;

    /// <summary>A result that stands in the file already.</summary>
    public void Note(int row, long at, int length)
    {
        (_at[row], _length[row]) = (at, length);
        _isInOrder &= row > _last;
        _last = row;
    }

    /// <exception cref="IOException">The result cannot be written; nothing of it stays in the file.</exception>
    public void Add(int row, string text)
    {
        var at = _file.Position;
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            _file.Write(bytes);
        }
        catch (IOException)
        {
            _file.SetLength(at);
            throw;
        }

        Note(row, at, bytes.Length);
    }

    /// <summary>A result as it was written.</summary>
    public string Read(int row) => Encoding.UTF8.GetString(ReadBytes(row));

    /// <summary>
    /// Puts the results into the order of the file of links, as the last thing that is done. A crash leaves the file as it was.
    /// </summary>
    /// <exception cref="IOException">There is no room for a copy.</exception>
    public void Sort()
    {
        if (_isInOrder)
            return;
        var sorted = _file.Name + ".sorting";
        using (var copy = File.Create(sorted))
        {
            var header = new byte[_headerLength];
            RandomAccess.Read(_file.SafeFileHandle, header, 0);
            copy.Write(header);
            for (var row = 0; row < _at.Length; row++)
            {
                if (Has(row))
                    copy.Write(ReadBytes(row));
            }
        }

        // An open file cannot be replaced everywhere.
        _file.Dispose();
        File.Move(sorted, _file.Name, overwrite: true);
    }

    public void Dispose() => _file.Dispose();

    private byte[] ReadBytes(int row)
    {
        var bytes = new byte[_length[row]];
        RandomAccess.Read(_file.SafeFileHandle, bytes, _at[row]);
        return bytes;
    }
}
