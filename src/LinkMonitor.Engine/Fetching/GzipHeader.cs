namespace LinkMonitor.Engine.Fetching;

/// <summary>The header in front of the data of a gzip file: https://www.rfc-editor.org/rfc/rfc1952#section-2.3</summary>
internal static class GzipHeader
{
    // The name, the comment and the extra field may be longer; no server sends any of them.
    private const int MaxLength = 128 * 1024;

    private const int HasCrc = 2;
    private const int HasExtra = 4;
    private const int HasName = 8;
    private const int HasComment = 16;

    /// <summary>Reads up to the data.</summary>
    /// <exception cref="InvalidDataException">This is no gzip, or it ends in its header.</exception>
    public static async ValueTask SkipAsync(Stream stream, CancellationToken cancellationToken)
    {
        var reader = new HeaderReader(stream, cancellationToken);
        var isGzip = await reader.NextAsync() == 0x1f & await reader.NextAsync() == 0x8b & await reader.NextAsync() == 8;
        if (!isGzip)
            throw new InvalidDataException("The bytes do not start as gzip does.");
        var flags = await reader.NextAsync();
        await reader.SkipAsync(6);
        if ((flags & HasExtra) != 0)
            await reader.SkipAsync(await reader.NextAsync() | (await reader.NextAsync() << 8));
        if ((flags & HasName) != 0)
            await reader.SkipTextAsync();
        if ((flags & HasComment) != 0)
            await reader.SkipTextAsync();
        if ((flags & HasCrc) != 0)
            await reader.SkipAsync(2);
    }

    private sealed class HeaderReader(Stream stream, CancellationToken cancellationToken)
    {
        private readonly byte[] _one = new byte[1];
        private int _read;

        public async ValueTask<int> NextAsync()
        {
            if (++_read > MaxLength || await stream.ReadAsync(_one, cancellationToken) == 0)
                throw new InvalidDataException("The header of the gzip data does not end.");
            return _one[0];
        }

        public async ValueTask SkipAsync(int count)
        {
            for (; count > 0; count--)
                await NextAsync();
        }

        public async ValueTask SkipTextAsync()
        {
            while (await NextAsync() != 0)
            {
            }
        }
    }
}
