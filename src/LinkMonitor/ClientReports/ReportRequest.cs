using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Filtering;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Wording;

namespace LinkMonitor.ClientReports;

/// <summary>A report that is wanted. What is absent is as usual.</summary>
public sealed record ReportRequest : IRequestBody<ReportRequest>
{
    static JsonTypeInfo<ReportRequest> IRequestBody<ReportRequest>.Shape => ClientReportJson.Default.ReportRequest;

    /// <summary>1 to 120 characters on one line; needed.</summary>
    public string? Title { get; init; }

    /// <summary>Whom it is for, at most 120 characters on one line.</summary>
    public string? Client { get; init; }

    /// <summary>The filter line whose links it is about; all links by default. An order in it counts for nothing.</summary>
    public string? Filter { get; init; }

    /// <summary>The first day of the period, for example <c>2026-11-01</c>; 29 days before <c>to</c> by default.</summary>
    public string? From { get; init; }

    /// <summary>The last day of the period, which belongs to it; today by default. At most 400 days in all.</summary>
    public string? To { get; init; }

    /// <summary>The code of its language; that of the project by default.</summary>
    public string? Language { get; init; }

    /// <summary>What is shown; all but placements by default.</summary>
    public IReadOnlyList<string>? Sections { get; init; }
}

/// <summary>An address of a report that is wanted for somebody.</summary>
public sealed record ShareRequest : IRequestBody<ShareRequest>
{
    static JsonTypeInfo<ShareRequest> IRequestBody<ShareRequest>.Shape => ClientReportJson.Default.ShareRequest;

    /// <summary>Who gets it, 1 to 120 characters on one line; needed.</summary>
    public string? Recipient { get; init; }

    /// <summary>What they see; what the report shows by default.</summary>
    public IReadOnlyList<string>? Sections { get; init; }

    /// <summary>How long it works, 1 to 730 days; 90 by default.</summary>
    public int? ValidDays { get; init; }
}

/// <summary>How reports to come are to look. What is absent is taken away.</summary>
public sealed record BrandRequest : IRequestBody<BrandRequest>
{
    static JsonTypeInfo<BrandRequest> IRequestBody<BrandRequest>.Shape => ClientReportJson.Default.BrandRequest;

    /// <summary>Your name, at most 120 characters on one line.</summary>
    public string? Name { get; init; }

    /// <summary>A colour, <c>#</c> and six hexadecimal digits; text on it and beside it stays readable.</summary>
    public string? Accent { get; init; }

    /// <summary>A PNG, JPEG or WebP of at most 256 KB and 4,000 pixels a side, in base64.</summary>
    public string? Logo { get; init; }
}

/// <summary>Checks requests for reports; says all that is wrong at once.</summary>
internal static class ReportRequestReader
{
    /// <summary>How long an address works where nobody says, in days.</summary>
    public const int UsualDays = 90;

    /// <summary>The longest that an address works, in days.</summary>
    public const int MostDays = 730;

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>What a report shows where nobody says: what is paid for is nobody's business but by choice.</summary>
    public static IReadOnlyList<ReportSection> UsualSections { get; } =
        [.. Enum.GetValues<ReportSection>().Where(section => section != ReportSection.Placements)];

    /// <returns>Null when something is wrong.</returns>
    public static ReportOrder? Read(ReportRequest request, Project project, DateTimeOffset now, FieldErrors errors)
    {
        var title = OneLine("title", request.Title, errors);
        if (title is null)
            errors.AddIfNone("title", "A report needs a title.");
        var client = OneLine("client", request.Client, errors);
        var language = request.Language ?? project.Language;
        if (request.Language is not null && !Language.Codes.Contains(language))
            errors.Add("language", FieldErrors.NotOneOf(language, Language.Codes));
        var reading = FilterParser.Read(request.Filter);
        foreach (var problem in reading.Problems)
            errors.Add("filter", problem.ToString());
        var period = ReadPeriod(request, LocalTimes.Day(now, project.TimeZone), errors);
        var sections = ReadSections(request.Sections, UsualSections, errors);
        return errors.Any ? null : new ReportOrder(title!, client, language, reading.Line!.OrderedBy(null), period, sections);
    }

    /// <returns>Null when something is wrong.</returns>
    public static (string Recipient, IReadOnlyList<ReportSection> Sections, TimeSpan Valid)? Read(
        ShareRequest request, ClientReport report, FieldErrors errors)
    {
        var recipient = OneLine("recipient", request.Recipient, errors);
        if (recipient is null)
            errors.AddIfNone("recipient", "Say who gets the address: it tells whose is opened, and whose to revoke.");
        if (request.ValidDays is < 1 or > MostDays)
            errors.Add("validDays", $"1 to {MostDays} days; it is {request.ValidDays}.");
        var sections = ReadSections(request.Sections, report.Sections, errors);
        return errors.Any ? null : (recipient!, sections, TimeSpan.FromDays(request.ValidDays ?? UsualDays));
    }

    /// <summary>A brand with a logo that came as base64, or with none.</summary>
    /// <returns>Null when something is wrong.</returns>
    public static KeptBrand? Read(BrandRequest request, FieldErrors errors)
    {
        byte[]? logo = null;
        if (request.Logo is { Length: > 0 } text)
        {
            var bytes = new byte[(text.Length * 3 / 4) + 3];
            if (Convert.TryFromBase64String(text, bytes, out var length))
                logo = bytes[..length];
            else
                errors.Add("logo", "It is no base64. Encode the bytes of the file.");
        }

        return Read(request, logo, errors);
    }

    /// <param name="logo">The bytes of a file; null for none.</param>
    /// <inheritdoc cref="Read(BrandRequest, FieldErrors)"/>
    public static KeptBrand? Read(BrandRequest request, byte[]? logo, FieldErrors errors)
    {
        var name = OneLine("name", request.Name, errors);
        var accent = request.Accent is null ? ReportBrand.UsualAccent : AccentColour.Read(request.Accent)?.Hex;
        if (accent is null)
            errors.Add("accent", $"'{FieldErrors.Cut(request.Accent)}' is no colour. Write # and six digits, for example #1d4ed8.");
        LogoFile? file = null;
        if (logo is not null && (file = LogoFile.Read(logo, out var problem)) is null)
            errors.Add("logo", problem!);
        return errors.Any ? null : new KeptBrand(new ReportBrand(name, accent!, file?.Type), file is null ? default : logo);
    }

    private static ReportPeriod ReadPeriod(ReportRequest request, DateOnly today, FieldErrors errors)
    {
        var to = ReadDay("to", request.To, errors) ?? today;
        var from = ReadDay("from", request.From, errors) ?? to.AddDays(1 - ReportPeriod.UsualDays);
        if (to > today)
            errors.Add("to", $"It is not over yet: today is {today.ToString(DayFormat, CultureInfo.InvariantCulture)}.");
        if (from > to)
            errors.Add("from", "It is after the end of the period.");
        else if (to.DayNumber - from.DayNumber >= ReportPeriod.MostDays)
            errors.Add("from", $"A period has at most {ReportPeriod.MostDays} days.");
        return new ReportPeriod(from, to);
    }

    private static DateOnly? ReadDay(string field, string? text, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 1990 and <= 9000)
            return day;
        errors.Add(field, $"'{FieldErrors.Cut(text)}' is no day. Write it as 2026-11-30.");
        return null;
    }

    private static IReadOnlyList<ReportSection> ReadSections(
        IReadOnlyList<string>? names, IReadOnlyList<ReportSection> usual, FieldErrors errors)
    {
        if (names is null)
            return usual;
        if (names.Count == 0)
            errors.Add("sections", "A report without any section shows nothing. Name one.");
        var read = names.Select((name, at) => errors.ReadName<ReportSection>($"sections[{at}]", name)).OfType<ReportSection>();
        return [.. read.Distinct().Order()];
    }

    private static string? OneLine(string field, string? text, FieldErrors errors)
    {
        if (text?.Trim() is not { Length: > 0 } line)
            return null;
        if (line.Length > ClientReport.LongestName || line.Any(char.IsControl))
            errors.Add(field, $"At most {ClientReport.LongestName} characters on one line; it has {line.Length}.");
        errors.CheckCharacters(field, line);
        return line;
    }
}
