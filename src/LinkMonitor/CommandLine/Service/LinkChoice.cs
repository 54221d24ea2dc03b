using System.CommandLine;

namespace LinkMonitor.CommandLine.Service;

/// <summary>Which links of a project are meant; what is not given does not restrict.</summary>
internal sealed class LinkChoice
{
    private readonly (Option<string?> Option, string Field)[] _fields =
    [
        (new("--state") { Description = "pending, live, changed, lost, not-found or unreachable.", HelpName = "STATE" }, "state"),
        (new("--reason") { Description = "For example rel-changed or link-removed.", HelpName = "REASON" }, "reason"),
        (new("--host") { Description = "The host of the page.", HelpName = "HOST" }, "host"),
        (new("--tag") { Description = "A tag of the link.", HelpName = "TAG" }, "tag"),
        (new("--search") { Description = "Text in page, target or expected anchor.", HelpName = "TEXT" }, "q"),
    ];

    public void AddTo(Command command)
    {
        foreach (var (option, _) in _fields)
            command.Options.Add(option);
    }

    public bool IsGiven(ParseResult parsed) => _fields.Any(field => parsed.GetValue(field.Option) is not null);

    /// <summary>For the service, after a <c>?</c>.</summary>
    public string Query(ParseResult parsed)
    {
        var given = _fields.Select(field => (field.Field, Value: parsed.GetValue(field.Option))).Where(field => field.Value is not null);
        return string.Join('&', given.Select(field => $"{field.Field}={Uri.EscapeDataString(field.Value!)}").Prepend("limit=500"));
    }
}
