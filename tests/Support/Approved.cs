using System.Runtime.CompilerServices;

namespace LinkMonitor.Testing;

/// <summary>
/// Compares a rendered text with the approved file beside the test. To accept what is new, set <c>ACCEPT_APPROVED=1</c>, run the tests and
/// read the difference in version control.
/// </summary>
public static class Approved
{
    /// <param name="name">For example <c>single-lost.approved.txt</c>; in the folder <c>Approved</c> beside the test's file.</param>
    public static void Check(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(testFile)!, "Approved", name);
        if (Environment.GetEnvironmentVariable("ACCEPT_APPROVED") == "1")
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{name} is not approved yet. Set ACCEPT_APPROVED=1 and run again, then read the file.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }
}
