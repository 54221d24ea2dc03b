using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine.Files;

/// <summary>Writes results one by one, in input order.</summary>
internal interface IResultWriter
{
    void Write(CheckView check);

    void Flush();
}
