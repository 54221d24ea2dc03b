namespace LinkMonitor.Views;

/// <summary>A project's changes, the newest first.</summary>
public sealed record ChangesModel(Frame Frame, IReadOnlyList<ChangeLine> Changes, Pager Pager);

/// <summary>What was reported to whom, the newest first.</summary>
public sealed record AlertsModel(Frame Frame, IReadOnlyList<AlertLine> Alerts, Pager Pager);

/// <summary>An alert as a row.</summary>
/// <param name="Kind">In words, for example <c>incident</c>.</param>
/// <param name="Delivered">How far its deliveries are, in words.</param>
/// <param name="IsGood">None failed.</param>
public sealed record AlertLine(Moment At, string Path, string Subject, string Kind, int Changes, string Delivered, bool IsGood);

/// <summary>One alert with its deliveries and the changes it reports.</summary>
public sealed record AlertDetailModel(
    Frame Frame, AlertLine Alert, IReadOnlyList<DeliveryLine> Deliveries, IReadOnlyList<ChangeLine> Changes, Pager Pager);

/// <summary>One recipient's copy.</summary>
/// <param name="State">In words, for example <c>sent</c>.</param>
public sealed record DeliveryLine(string Channel, string Recipient, string State, bool IsGood, int Attempts, Moment? LastAt, string? Error);
