namespace LinkMonitor.Spooling;

/// <summary>Files on this machine for as long as they are open: only this user may read them, and they are gone with the process.</summary>
internal static class TemporaryFile
{
    /// <param name="purpose">A part of its name, for example <c>rows</c>.</param>
    /// <param name="bufferSize">Bytes that are held before they are written; 0 for none.</param>
    /// <param name="isAsync">Whether it is read and written without waiting.</param>
    /// <exception cref="IOException">The folder for temporary files takes none.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not write there.</exception>
    public static FileStream Create(string purpose, int bufferSize, bool isAsync = false)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | (isAsync ? FileOptions.Asynchronous : FileOptions.None),
            BufferSize = bufferSize,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"linkmonitor-{purpose}-{Guid.NewGuid():N}"), options);
    }
}
