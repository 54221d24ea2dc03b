using System.Globalization;
using System.Text;
using Azure;

namespace LinkMonitor.Storage.Tables;

/// <summary>The answer to a transaction: a part per action, or one single part with the error that undid it all.</summary>
internal static class BatchReply
{
    /// <summary>The status of every transaction the service looked at, whatever became of it.</summary>
    public const int Accepted = 202;

    public static PartResponse? Failure(IReadOnlyList<PartResponse> parts) => parts.FirstOrDefault(part => part.Status >= 400);

    public static TableTransactionFailedException Failed(PartResponse failure, int actions)
    {
        var (code, message) = TableErrorParser.Read(failure.Body);
        var index = Index(message, actions);
        var which = index is null ? "" : string.Create(CultureInfo.InvariantCulture, $" by action {index}");
        return new TableTransactionFailedException(
            failure.Status,
            $"The transaction was refused{which} and nothing of it was written: {message ?? failure.ReasonPhrase}",
            code,
            index);
    }

    public static IReadOnlyList<PartResponse> Parse(Response response) =>
        response.ContentStream is null ? [] : Parse(response.Content.ToMemory().Span);

    /// <summary>Parts in the order of the actions. Lines that belong to no part are skipped.</summary>
    public static IReadOnlyList<PartResponse> Parse(ReadOnlySpan<byte> body)
    {
        var parts = new List<PartResponse>();
        var lines = Encoding.UTF8.GetString(body).Split('\n');
        for (var i = 0; i < lines.Length; i++)
            if (lines[i].StartsWith("HTTP/1.", StringComparison.Ordinal))
                parts.Add(ParsePart(lines, ref i));
        return parts;
    }

    private static PartResponse ParsePart(string[] lines, ref int i)
    {
        var status = lines[i].TrimEnd('\r').Split(' ', 3);
        if (status.Length < 2 || !int.TryParse(status[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            throw new RequestFailedException($"The table service answered a transaction with a part that starts '{lines[i].TrimEnd('\r')}'.");

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (i++; i < lines.Length && lines[i].TrimEnd('\r') is { Length: > 0 } line && !IsBoundary(line); i++)
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();

        var body = new StringBuilder();
        for (; i < lines.Length && !IsBoundary(lines[i]); i++)
            body.Append(lines[i]).Append('\n');
        return new PartResponse(code, status.Length > 2 ? status[2] : "", headers, Encoding.UTF8.GetBytes(body.ToString().Trim()));
    }

    private static bool IsBoundary(string line) =>
        line.StartsWith("--changesetresponse", StringComparison.Ordinal) || line.StartsWith("--batchresponse", StringComparison.Ordinal);

    // The message starts with the position, as "2:The specified entity already exists." A lone action needs no number.
    private static int? Index(string? message, int actions)
    {
        var colon = message?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < actions)
            return index;
        return actions == 1 ? 0 : null;
    }
}
