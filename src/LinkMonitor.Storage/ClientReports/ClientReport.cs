using System.Security.Cryptography;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.ClientReports;

/// <summary>A report for a client, as it was made: nothing that happens to its links afterwards changes it.</summary>
public sealed record ClientReport
{
    /// <summary>The most characters of a title or a client's name.</summary>
    public const int LongestName = 120;

    public required ProjectId ProjectId { get; init; }

    /// <summary>From 1 in each project, without gaps; never given twice, also not after a report was deleted.</summary>
    public required int Number { get; init; }

    /// <summary>1 to <see cref="LongestName"/> characters on one line.</summary>
    public required string Title { get; init; }

    /// <summary>Whom it is for, at most <see cref="LongestName"/> characters; null for nobody named.</summary>
    public string? Client { get; init; }

    /// <summary>The code of the language it is written in, for example <c>de</c>.</summary>
    public required string Language { get; init; }

    /// <summary>How its maker looked when it was made.</summary>
    public required ReportBrand Brand { get; init; }

    /// <summary>The first day of the period, in <see cref="TimeZone"/>.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day of the period, which belongs to it.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The project's time zone when it was made.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The filter line whose links are in it, in its one spelling and without an order; empty for all links.</summary>
    public required string Line { get; init; }

    /// <summary>What is shown unless a recipient gets other sections.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required Author By { get; init; }

    /// <summary>How many links it is about.</summary>
    public required int Links { get; init; }

    /// <summary>Names the pieces that its facts lie in; drawn anew for every attempt to make a report.</summary>
    public required string PiecesId { get; init; }

    /// <summary>How many pieces each list has, by <see cref="ReportPiece"/>.</summary>
    public required IReadOnlyDictionary<string, int> Pieces { get; init; }

    /// <summary>The last report of the same filter before it, with which it is compared; null for none.</summary>
    public int? PreviousNumber { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}

/// <summary>How whoever makes reports looks in them.</summary>
/// <param name="Name">At most <see cref="ClientReport.LongestName"/> characters; null for none.</param>
/// <param name="Accent">Six hexadecimal digits after <c>#</c>, in lower case.</param>
/// <param name="LogoType">The media type of the logo; null for none.</param>
public sealed record ReportBrand(string? Name, string Accent, string? LogoType)
{
    /// <summary>The accent where nobody chose one.</summary>
    public const string UsualAccent = "#1d4ed8";

    public static ReportBrand None { get; } = new(null, UsualAccent, null);
}

/// <summary>A brand with its logo, as a project keeps it for the reports to come.</summary>
/// <param name="Logo">At most <see cref="MaxLogo"/> bytes; empty for none.</param>
public sealed record KeptBrand(ReportBrand Brand, ReadOnlyMemory<byte> Logo)
{
    /// <summary>The largest logo, in bytes.</summary>
    public const int MaxLogo = 256 * 1024;

    public static KeptBrand None { get; } = new(ReportBrand.None, default);
}

/// <summary>A part of a report that can be shown or left out, in the order in which they are shown.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ReportSection>))]
public enum ReportSection
{
    /// <summary>The figures, and the change of each since the last report.</summary>
    Summary,

    /// <summary>Links that came and went within the period.</summary>
    GainedAndLost,

    /// <summary>All other changes within the period.</summary>
    Changes,

    /// <summary>Links whose state no check could tell.</summary>
    NotVerified,
    Links,
    Anchors,
    Domains,

    /// <summary>How many of the links that are there are followed.</summary>
    Follow,
    Targets,

    /// <summary>Where on their pages links stand, and which terms end soon.</summary>
    Placements,
}

/// <summary>The lists that a report's facts are kept in.</summary>
public static class ReportPiece
{
    public const string Figures = "figures";
    public const string Links = "links";
    public const string Gained = "gained";
    public const string Lost = "lost";
    public const string Changes = "changes";
    public const string NotVerified = "not-verified";
    public const string Logo = "logo";

    /// <summary>The lists of rows, which come in pieces of at most a thousand.</summary>
    public static IReadOnlyList<string> Lists { get; } = [Gained, Lost, Changes, NotVerified, Links];
}

/// <summary>A report as one recipient sees it, at an address of their own.</summary>
public sealed record ReportShare
{
    /// <summary>The most addresses of a report, those that are over included.</summary>
    public const int MostOfReport = 100;

    public required ProjectId ProjectId { get; init; }

    public required int Number { get; init; }

    /// <summary><c>shr_</c> and 26 base-32 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Who has the address, 1 to <see cref="ClientReport.LongestName"/> characters.</summary>
    public required string Recipient { get; init; }

    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>SHA-256 of the secret in the address, in hexadecimal; the secret itself is nowhere.</summary>
    [JsonIgnore]
    public required string SecretHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required Author By { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null while it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Null before the first time; within a minute of the last time it stays.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>How often it was opened, at most once a minute counted.</summary>
    public int Opened { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }

    public bool IsOpenAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;
}

/// <summary>Identities around reports, and the secrets of addresses.</summary>
public static class ReportIds
{
    private const string Share = "shr_";
    private const string Pieces = "pcs_";

    // Time first, so that what was left long ago is found by its name.
    private const int TimeDigits = 16;

    /// <summary>130 random bits.</summary>
    public static string NewShare() => Share + ShortHash.Draw();

    public static bool IsShare(string? text) => ShortHash.IsWellFormed(text, Share, ShortHash.Length);

    /// <summary>130 random bits, for an address.</summary>
    public static string NewSecret() => ShortHash.Draw();

    /// <summary>What is kept of a secret.</summary>
    public static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret)));

    public static string NewPieces(DateTimeOffset now) => $"{Pieces}{now.UtcTicks.ToString($"x{TimeDigits}", null)}{ShortHash.Draw()}";

    /// <summary>When pieces were begun; null for no name of pieces.</summary>
    public static DateTimeOffset? BegunAt(string pieces) =>
        pieces.StartsWith(Pieces, StringComparison.Ordinal) && pieces.Length > Pieces.Length + TimeDigits
        && long.TryParse(
            pieces.AsSpan(Pieces.Length, TimeDigits), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var ticks)
        && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
}
