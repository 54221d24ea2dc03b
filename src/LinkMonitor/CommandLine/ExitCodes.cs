using LinkMonitor.Engine.Judging;

namespace LinkMonitor.CommandLine;

/// <summary>What the process says of its work when it ends.</summary>
internal static class ExitCodes
{
    public const int AsExpected = 0;

    /// <summary>Changed, lost or not found.</summary>
    public const int Different = 1;

    public const int CouldNotTell = 2;

    /// <summary>EX_USAGE of sysexits.h: the command line or the file given is wrong.</summary>
    public const int WrongUsage = 64;

    /// <summary>
    /// EX_DATAERR of sysexits.h: the file holds nothing that can be checked: no row, or no text that can be read for certain.
    /// </summary>
    public const int BadData = 65;

    /// <summary>EX_UNAVAILABLE of sysexits.h: something that LinkMonitor needs is missing or does not answer.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_SOFTWARE of sysexits.h: a fault of LinkMonitor itself.</summary>
    public const int OwnFault = 70;

    /// <summary>EX_CANTCREAT of sysexits.h: a result file cannot be written.</summary>
    public const int CannotCreate = 73;

    /// <summary>EX_NOPERM of sysexits.h: the service does not know the key, or the key may not do this.</summary>
    public const int NoPermission = 77;

    /// <summary>128 + SIGINT, as shells say it: stopped by the user before the end.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;

    public static int For(VerdictState state) => state switch
    {
        VerdictState.Live => AsExpected,
        VerdictState.Unknown => CouldNotTell,
        _ => Different,
    };

    /// <summary>The worse of two: different before could not tell before as expected.</summary>
    public static int Worse(int one, int other) => (one, other) switch
    {
        (Different, _) or (_, Different) => Different,
        (CouldNotTell, _) or (_, CouldNotTell) => CouldNotTell,
        _ => AsExpected,
    };
}
