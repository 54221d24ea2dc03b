namespace LinkMonitor.Links;

/// <summary>How many links there are, by state and by what the last check saw of their pages. States and observations without links are left out.</summary>
/// <param name="NotSeen">Of all: the last check could not see the page, so the state rests on an earlier one.</param>
public sealed record LinkCounts(int Total, int NotSeen, IReadOnlyList<StateCount> States, IReadOnlyList<ObservationCount> Observations);
