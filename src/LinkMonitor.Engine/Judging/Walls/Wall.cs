namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>What stands in front of a page, by the marks of its answer.</summary>
/// <param name="Vendor">Who put it there; "the site" when nobody is known.</param>
/// <param name="IsProven">False when ordinary pages carry the mark, too.</param>
internal sealed record Wall(WallKind Kind, string Vendor, bool IsProven);
