using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LinkMonitor.CommandLine.Service;

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record SummaryAnswer(
    string Name,
    CountsAnswer Links,
    int Suspected,
    int Muted,
    IReadOnlyList<MoneyAnswer> AtStake,
    DateTimeOffset? LastCheckedAt = null,
    DateTimeOffset? NextCheckAt = null,
    AlertAnswer? LastAlert = null,
    int Unreadable = 0);

/// <summary>A part of a list.</summary>
/// <param name="Cursor">Where the next part begins; null behind the last.</param>
/// <param name="Unreadable">How many more there are in the part that the service cannot read.</param>
internal sealed record AnswerSlice<T>(IReadOnlyList<T> Items, string? Cursor = null, int Unreadable = 0);

/// <summary>As far as the command line needs it; see docs/api.md for all.</summary>
internal sealed record ProjectAnswer(string Id, string Name, IReadOnlyList<string> Recipients, int CheckEveryMinutes);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record LinkAnswer(
    string Id, string Page, string Target, string State, IReadOnlyList<ReasonAnswer> Reasons, bool Muted, bool? Seen = null);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record ViewAnswer(string Id, string Name, string Filter);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record ReasonAnswer(string Code);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record KeyAnswer(
    string Id, string Name, string Scope, IReadOnlyList<string>? ProjectIds = null, string? Key = null, string? SignInUrl = null);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record SignInAnswer(string SignInUrl);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record BatchAnswer(int Created, int Updated, int Unchanged, int Invalid, IReadOnlyList<BatchItemAnswer> Results);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record BatchItemAnswer(int Index, string Outcome, ProblemAnswer? Problem = null, JsonObject? Link = null);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record BulkAnswer(
    int Done, int NotFound, int TooMany, IReadOnlyList<BulkItemAnswer> Results, DateTimeOffset? UndoUntil = null);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record BulkItemAnswer(string LinkId, int Status);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record CountsAnswer(int Total, int NotSeen, IReadOnlyList<StateAnswer> States);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record StateAnswer(string State, int Count, int NotSeen);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record MoneyAnswer(string Currency, int Links, decimal PerMonth, decimal OneOff);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record AlertAnswer(string Subject, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt = null);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record ImportAnswer(
    string Id, string State, string Name, ImportCountsAnswer Progress, string? Problem = null, DateTimeOffset? UndoUntil = null)
{
    /// <summary>Work is still to be done for it.</summary>
    public bool IsOpen => State is "waiting" or "running" or "undoing";
}

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record ImportCountsAnswer(
    int Rows, int Read, int Added, int Known, int Rejected, int Lost, int Own, int Twice, int Removed, int Kept,
    int Respelled = 0, int Unreadable = 0);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record PreviewAnswer(
    bool IsReady,
    bool IsWrittenWrongly,
    IReadOnlyList<TableAnswer> Tables,
    IReadOnlyList<string> Notices,
    ImportCountsAnswer Rows,
    bool IsKnownCounted,
    IReadOnlyList<RejectedRowAnswer> Rejected,
    int ByScript,
    int OtherKinds,
    IReadOnlyList<RespelledRowAnswer>? Respelled = null,
    string? Problem = null,
    string? Needs = null);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record TableAnswer(string Certainty, IReadOnlyList<ColumnAnswer> Columns, string? Sheet = null);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record ColumnAnswer(string Name, string Role);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record RejectedRowAnswer(int Line, string Why, string? Sheet = null);

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record RespelledRowAnswer(int Line, int FirstLine, string? Sheet = null, string? FirstSheet = null);

/// <summary>RFC 9457.</summary>
internal sealed record ProblemAnswer(string? Title = null, string? Detail = null, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>Of a 404, which its detail says more precisely.</summary>
    private const string NotFound = "Not found.";

    /// <summary>All of it in one line.</summary>
    public string Line => string.Join(
        ' ',
        Errors is { Count: > 0 }
            ? Errors.SelectMany(wrong => wrong.Value.Select(message => $"{wrong.Key}: {message}"))
            : new[] { Detail is not null && Title == NotFound ? null : Title, Detail }.OfType<string>());
}

/// <inheritdoc cref="ProjectAnswer"/>
internal sealed record HealthAnswer(string Version);

/// <summary>
/// What the command line reads of the service's answers. What it does not know is passed over; what it needs and is missing is an error.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AnswerSlice<ProjectAnswer>))]
[JsonSerializable(typeof(AnswerSlice<LinkAnswer>))]
[JsonSerializable(typeof(AnswerSlice<ViewAnswer>))]
[JsonSerializable(typeof(AnswerSlice<KeyAnswer>))]
[JsonSerializable(typeof(ProjectAnswer))]
[JsonSerializable(typeof(LinkAnswer))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(SignInAnswer))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(BulkAnswer))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(PreviewAnswer))]
[JsonSerializable(typeof(SummaryAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class ServiceJson : JsonSerializerContext;
