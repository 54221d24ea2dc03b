using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;
using LinkMonitor.Storage.ClientReports;

namespace LinkMonitor.ClientReports;

/// <summary>A report in a list.</summary>
public record ReportView
{
    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>Whom it is for; null for nobody named.</summary>
    public required string? Client { get; init; }

    public required string Filter { get; init; }

    /// <summary>The first day of the period.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day of the period, which belongs to it.</summary>
    public required DateOnly To { get; init; }

    public required string Language { get; init; }

    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>How many links it is about.</summary>
    public required int Links { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The name of whoever made it.</summary>
    public required string By { get; init; }

    internal static ReportView Of(ClientReport report) => new()
    {
        Number = report.Number,
        Title = report.Title,
        Client = report.Client,
        Filter = report.Line,
        From = report.From,
        To = report.To,
        Language = report.Language,
        Sections = report.Sections,
        Links = report.Links,
        CreatedAt = report.CreatedAt,
        By = report.By.Name,
    };
}

/// <summary>A report with its figures, as they were when it was made.</summary>
/// <param name="Earlier">The last report of the same filter; null for none.</param>
/// <param name="Lists">How many parts each list of its rows has; one without rows is not among them.</param>
public sealed record ReportDetail(
    ReportView Report, ReportFigures Figures, EarlierReport? Earlier, IReadOnlyDictionary<string, int> Lists);

/// <summary>What a report would say. Nothing was written.</summary>
/// <param name="Earlier">What it would be compared with; null for none.</param>
/// <param name="Problem">Why it cannot be made so; null when it can.</param>
public sealed record ReportPreviewView(ReportFigures Figures, EarlierReport? Earlier, string? Problem);

/// <summary>An address of a report.</summary>
/// <param name="Recipient">Who has it.</param>
/// <param name="OpenedAt">When it was opened last, to the minute; null before.</param>
/// <param name="Opened">How often, at most once a minute counted. Previews of mail programs count, too.</param>
public sealed record ShareView(
    string Id, string Recipient, IReadOnlyList<ReportSection> Sections, DateTimeOffset CreatedAt, string By, DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt, DateTimeOffset? OpenedAt, int Opened)
{
    internal static ShareView Of(ReportShare share) => new(
        share.Id, share.Recipient, share.Sections, share.CreatedAt, share.By.Name, share.ExpiresAt, share.RevokedAt, share.OpenedAt,
        share.Opened);
}

/// <summary>A new address of a report.</summary>
/// <param name="Url">Told this once: only a hash of its secret is kept.</param>
public sealed record NewShareView(ShareView Share, Uri Url);

/// <summary>How reports to come will look.</summary>
/// <param name="Name">Null for none.</param>
/// <param name="LogoType">The media type of the logo; null for none.</param>
public sealed record BrandView(string? Name, string Accent, string? LogoType)
{
    internal static BrandView Of(ReportBrand brand) => new(brand.Name, brand.Accent, brand.LogoType);
}

/// <summary>The JSON of the API for reports.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(ShareRequest))]
[JsonSerializable(typeof(BrandRequest))]
[JsonSerializable(typeof(ReportDetail))]
[JsonSerializable(typeof(SliceView<ReportView>))]
[JsonSerializable(typeof(ReportPreviewView))]
[JsonSerializable(typeof(ReportRows<ReportedLink>))]
[JsonSerializable(typeof(ReportRows<ReportedChange>))]
[JsonSerializable(typeof(SliceView<ShareView>))]
[JsonSerializable(typeof(NewShareView))]
[JsonSerializable(typeof(BrandView))]
internal sealed partial class ClientReportJson : JsonSerializerContext;
