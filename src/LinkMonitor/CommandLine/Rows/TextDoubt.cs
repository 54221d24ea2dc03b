using System.Globalization;
using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine.Rows;

/// <summary>Why it is not certain that a file is windows-1252.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Western">How windows-1252 reads the bytes.</param>
/// <param name="OtherName">What the file may be as well; null when the bytes make no sense in windows-1252.</param>
/// <param name="Other">How that reads the bytes.</param>
internal sealed record TextDoubt(int Line, byte[] Bytes, string Western, string? OtherName = null, string? Other = null)
{
    private const int MostShown = 16;

    public override string ToString()
    {
        var bytes = string.Join(' ',
            Bytes.Take(MostShown).Select(value => value.ToString("X2", CultureInfo.InvariantCulture))) + (Bytes.Length > MostShown ? " …"
            : string.Empty);
        var place = string.Create(CultureInfo.InvariantCulture, $"line {Line} has the bytes {bytes}");
        return OtherName is null
            ? $"{place}, which make no sense there ('{Short(Western)}')"
            : $"{place}, which are '{Short(Western)}' in windows-1252, but '{Short(Other!)}' in {OtherName}";
    }

    private static string Short(string text) => TerminalText.Safe(text, MostShown * 2);
}
