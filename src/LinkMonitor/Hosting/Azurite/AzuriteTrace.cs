using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>
/// Which process serves a folder, in a file beside its data: a LinkMonitor that was killed leaves the folder at once, but its Azurite
/// still saves for a moment, and would overwrite what the next one writes.
/// </summary>
internal static class AzuriteTrace
{
    // Start times are computed from ticks since the machine was started, and may differ a little from one look to the next.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public static void Write(string file, Process process) => File.WriteAllText(
        file, string.Create(CultureInfo.InvariantCulture, $"{process.Id},{process.StartTime.ToUniversalTime().Ticks}"));

    /// <summary>Whether the process that the file names still runs; another one may have its number by now.</summary>
    public static bool IsRunning(string file)
    {
        try
        {
            if (File.ReadAllText(file).Split(',') is not [var id, var ticks]
                || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var started))
                return false;
            using var process = Process.GetProcessById(number);
            return !process.HasExited
                && (process.StartTime.ToUniversalTime() - new DateTime(started, DateTimeKind.Utc)).Duration() < Tolerance;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or Win32Exception)
        {
            // No file, no such process, or one of another user.
            return false;
        }
    }
}
