namespace LinkMonitor.Wording;

/// <summary>
/// What people read of a field: the one label that its form and the log of what was done have for it. A form whose field means something
/// else there (the name of a channel) says so in its own words.
/// </summary>
internal static class FieldLabels
{
    // By the path in the API's JSON, as forms name their fields.
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["page"] = "Page",
        ["target"] = "Target",
        ["match"] = "Match",
        ["type"] = "Type",
        ["rel"] = "Rel",
        ["anchor"] = "Text of the anchor",
        ["placement"] = "Placement",
        ["indexable"] = "May be indexed",
        ["ignore"] = "What is not watched",
        ["tags"] = "Tags",
        ["note"] = "Note",
        ["muted"] = "Muting",
        ["mutedUntil"] = "Muting",
        ["terms"] = "Terms",
        ["terms.vendor"] = "Vendor",
        ["terms.cost"] = "Agreed price",
        ["terms.currency"] = "Currency",
        ["terms.costPeriod"] = "Paid",
        ["terms.start"] = "First day paid for",
        ["terms.end"] = "Last day paid for",
        ["terms.contact"] = "Contact",
        ["terms.invoice"] = "Invoice",
        ["name"] = "Name",
        ["recipients"] = "Who is told by mail",
        ["timeZone"] = "Time zone",
        ["senderName"] = "Sender name of mails",
        ["language"] = "Language of mails",
        ["logoUrl"] = "Logo above mails",
        ["checkEveryMinutes"] = "Minutes between two checks of a page",
        ["obeyRobots"] = "Pages that robots.txt forbids",
        ["checkTargets"] = "Targets of links",
        ["confirmation"] = "When a finding counts",
        ["atOnce"] = "What is mailed at once",
        ["kind"] = "Kind",
        ["address"] = "Address",
        ["topics"] = "What it gets by topic",
        ["otherwise"] = "What it gets",
        ["quietHours"] = "Quiet hours",
        ["digest"] = "Digest",
        ["state"] = "State",
        ["filter"] = "Filter",
        ["shared"] = "For whom",
        ["scope"] = "Role",
        ["role"] = "Role",
        ["projectId"] = "Projects",
        ["projectIds"] = "Projects",
        ["status"] = "Status",
        ["owner"] = "Owner",
        ["due"] = "Due",
        ["promised"] = "Promised for",
        ["says"] = "What do you see?",
        ["days"] = "Holds for days",
    };

    /// <summary>Null for a field that has none.</summary>
    public static string? Find(string field) => Labels.GetValueOrDefault(field);

    /// <summary>Of a field of a form of ours, which has one.</summary>
    public static string Of(string field) => Labels[field];
}
