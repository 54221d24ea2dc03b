using System.Runtime.CompilerServices;

namespace LinkMonitor.Testing;

/// <summary>
/// Compares a rendered text with the approved file beside the test. To accept what is new, set <c>ACCEPT_APPROVED=1</c>, run the tests and
/// read the difference in version control. Refused where <c>CI=true</c>: nobody reads there.
/// </summary>
public static class Approved
{
    /// <param name="name">For example <c>single-lost.approved.txt</c>; in the folder <c>Approved</c> beside the test's file.</param>
    public static void Check(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(testFile)!, "Approved", name);
        if (IsAccepted(Environment.GetEnvironmentVariable("ACCEPT_APPROVED"), Environment.GetEnvironmentVariable("CI")))
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{name} is not approved yet. Set ACCEPT_APPROVED=1 and run again, then read the file.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }

    /// <param name="accept">The variable <c>ACCEPT_APPROVED</c>.</param>
    /// <param name="ci">The variable <c>CI</c>.</param>
    /// <exception cref="InvalidOperationException">Both are set.</exception>
    public static bool IsAccepted(string? accept, string? ci) =>
        (accept == "1", string.Equals(ci, "true", StringComparison.OrdinalIgnoreCase)) switch
        {
            (true, true) =>
                throw new InvalidOperationException("ACCEPT_APPROVED=1 is not for CI: accept on your machine, and read what you accept."),
            (var isAccepted, _) => isAccepted,
        };
}
