using System.Collections.Frozen;
using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Reasons;

/// <summary>Every reason, one entry each. To add one, add it to <see cref="ReasonCode"/> and to the file of its family here.</summary>
public static class ReasonCatalogue
{
    private static readonly FrozenDictionary<ReasonCode, ReasonEntry> Entries = Index();

    /// <summary>In the order of <see cref="ReasonCode"/>.</summary>
    public static IReadOnlyList<ReasonEntry> All { get; } = [.. Entries.Values.OrderBy(entry => entry.Code)];

    /// <exception cref="ArgumentOutOfRangeException">The code has no entry.</exception>
    public static ReasonEntry Of(ReasonCode code) =>
        Entries.GetValueOrDefault(code) ?? throw new ArgumentOutOfRangeException(nameof(code), code, "The catalogue has no such reason.");

    private static FrozenDictionary<ReasonCode, ReasonEntry> Index() => FollowingReasons.All
        .Concat(IndexingReasons.All).Concat(EditingReasons.All).Concat(TargetReasons.All).Concat(PageReasons.All).Concat(UnseenReasons.All)
        .ToFrozenDictionary(entry => entry.Code);
}
