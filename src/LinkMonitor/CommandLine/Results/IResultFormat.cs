using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Explaining;

namespace LinkMonitor.CommandLine.Results;

/// <summary>
/// How the result of a link is written: each as one piece of text that ends its last line, so that files hold whole results only.
/// </summary>
internal interface IResultFormat
{
    /// <summary>What stands above the first result; empty for nothing.</summary>
    string Header { get; }

    /// <summary>A result.</summary>
    /// <param name="own">The cells of the user's own columns.</param>
    /// <param name="explanation">Null unless it was asked for.</param>
    string Write(CheckView check, IReadOnlyList<string> own, Explanation? explanation);
}
