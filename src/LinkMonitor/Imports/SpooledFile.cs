using System.IO.Compression;
using System.Security.Cryptography;
using LinkMonitor.Spooling;

namespace LinkMonitor.Imports;

/// <summary>A file of links on the disk of this machine, for as long as it is read. It goes when it is disposed.</summary>
internal sealed class SpooledFile : IDisposable
{
    /// <summary>The most bytes of a file.</summary>
    public const int MaxBytes = 128 * 1024 * 1024;

    private const int BufferSize = 64 * 1024;

    private SpooledFile(FileInfo file) => Info = file;

    public FileInfo Info { get; }

    /// <summary>SHA-256 in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Takes a stream to its end.</summary>
    /// <returns>Null when it is longer than <see cref="MaxBytes"/>.</returns>
    public static async Task<SpooledFile?> TakeAsync(Stream stream, CancellationToken cancellationToken)
    {
        // What cannot be read is named by the name of the file, which is ours and none of the user's.
        var folder = Directory.CreateTempSubdirectory("linkmonitor-import-");
        var file = new FileInfo(Path.Combine(folder.FullName, "the file"));
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (buffer, length) = (new byte[BufferSize], 0L);
            await using (var to = new FileStream(file.FullName, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
                {
                    if ((length += count) > MaxBytes)
                        break;
                    hash.AppendData(buffer, 0, count);
                    await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }
            }

            if (length <= MaxBytes)
                return new SpooledFile(file) { Hash = Convert.ToHexStringLower(hash.GetHashAndReset()) };
            folder.Delete(recursive: true);
            return null;
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Unpacks a file that <see cref="PackAsync"/> has packed.</summary>
    /// <param name="read">Writes what was packed to a stream.</param>
    /// <exception cref="InvalidDataException">It is damaged, or incomplete.</exception>
    public static async Task<SpooledFile> UnpackAsync(Func<Stream, Task> read, CancellationToken cancellationToken)
    {
        await using var packed = Temporary();
        await read(packed);
        packed.Position = 0;
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return await TakeAsync(unpacked, cancellationToken)
            ?? throw new InvalidDataException("The file of the import is longer than any that was taken.");
    }

    /// <summary>The file packed, from its beginning; the caller disposes it.</summary>
    public async Task<Stream> PackAsync(CancellationToken cancellationToken)
    {
        var packed = Temporary();
        await using (var from = Info.OpenRead())
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            await from.CopyToAsync(gzip, cancellationToken);
        packed.Position = 0;
        return packed;
    }

    public void Dispose() => Info.Directory!.Delete(recursive: true);

    private static FileStream Temporary() => TemporaryFile.Create("import", 4096);
}
