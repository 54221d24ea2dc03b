namespace LinkMonitor.CommandLine.Conventions;

/// <summary>A file that a command writes. Until it is whole it has another name, so that nobody takes half of it for all.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the file, and gives it its name at the end. Nothing is left when that fails.</summary>
    /// <param name="overwrites">Whether a file of that name may go.</param>
    /// <param name="isSecret">Whether only this user may read it.</param>
    /// <exception cref="IOException">It cannot be written, or a file of that name is there.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not write it.</exception>
    public static async Task WriteAsync(FileInfo file, bool overwrites, bool isSecret, Func<Stream, Task> write)
    {
        var partial = file.FullName + ".part";
        if (!overwrites && File.Exists(file.FullName))
            throw new IOException($"{file.FullName} already exists.");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (isSecret && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(partial, options);
        try
        {
            await using (stream)
                await write(stream);
            File.Move(partial, file.FullName, overwrites);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
