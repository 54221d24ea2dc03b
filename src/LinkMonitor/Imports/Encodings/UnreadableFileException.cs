namespace LinkMonitor.Imports.Encodings;

/// <summary>A file of links cannot be read as a whole; the message says why and what to do.</summary>
/// <param name="isWrittenWrongly">It is a file of ours with a mistake in it, not a file of something else.</param>
/// <param name="asks">What the user may add so that it can be read.</param>
internal sealed class UnreadableFileException(
    string message, bool isWrittenWrongly = false, WantedWord asks = WantedWord.None) : Exception(message)
{
    /// <summary>It is a file of ours with a mistake in it, not a file of something else.</summary>
    public bool IsWrittenWrongly => isWrittenWrongly;

    /// <summary>What the user may add so that it can be read; how it is said depends on where.</summary>
    public WantedWord Asks => asks;
}

/// <summary>What a file does not say itself.</summary>
internal enum WantedWord
{
    None,

    /// <summary>The name of its encoding.</summary>
    Encoding,

    /// <summary>Where all links should point.</summary>
    Target,

    /// <summary>Which column is the page, and which the target.</summary>
    Columns,

    /// <summary>Which sheet of the workbook.</summary>
    Sheet,
}
