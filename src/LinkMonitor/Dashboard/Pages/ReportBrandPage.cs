using LinkMonitor.Api;
using LinkMonitor.ClientReports;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Projects;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/reports/brand</c>: name, colour and logo of whoever makes reports.</summary>
internal static class ReportBrandPage
{
    public static void MapReportBrand(this IEndpointRouteBuilder project)
    {
        var brand = project.MapGroup("/reports/brand").RequireAuthorization(SessionScheme.Editor);
        brand.MapGet("/", async (
                HttpContext context, DashboardFrame frame, IClientReportStore reports, CancellationToken cancellationToken) =>
            Write(context, frame, await reports.FindBrandAsync(context.CurrentProject().Id, cancellationToken), new FormErrors()));
        brand.MapPost("/", SaveAsync);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, DashboardFrame frame, IClientReportStore reports, CancellationToken cancellationToken)
    {
        var (project, form, errors) = (context.CurrentProject(), context.Request.Form, new FieldErrors());
        var standing = await reports.FindBrandAsync(project.Id, cancellationToken);
        var logo = form.ContainsKey("without") || standing.Logo.IsEmpty ? null : standing.Logo.ToArray();
        if (form.Files.GetFile("logo") is { Length: > 0 } file)
        {
            if (file.Length > KeptBrand.MaxLogo)
                errors.Add("logo", $"The file has {file.Length / 1024} KB; a logo has at most {KeptBrand.MaxLogo / 1024} KB.");
            else
                logo = await ReadAsync(file, cancellationToken);
        }

        var request = new BrandRequest { Name = form.Text("name"), Accent = form.Text("accent") is { Length: > 0 } accent ? accent : null };
        if (ReportRequestReader.Read(request, logo, errors) is not { } brand)
            return Write(context, frame, standing, FormErrors.Of(errors, form));
        await reports.PutBrandAsync(project.Id, brand, cancellationToken);
        return frame.Done(
            context, ReportListPage.PathOf(project), "Reports to come will look so. Those that are made stay as they are.",
            ReportAudit.Branded(standing, brand));
    }

    private static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static SlicePage Write(HttpContext context, DashboardFrame frame, KeptBrand kept, FormErrors errors)
    {
        Field[] fields =
        [
            errors.Field("name", "Your name", kept.Brand.Name ?? "", "It stands on every report."),
            errors.Field("accent", "Colour", kept.Brand.Accent, "Text on it and beside it stays readable, whatever you choose.") with
            {
                Type = "color",
            },
        ];
        return new SlicePage(
            Views.Slices.ReportBrand.Create(new ReportBrandModel(
                frame.Of(context, "How reports look", "reports"), fields, [.. errors.Others(fields)],
                kept.Brand.LogoType is { } type ? LogoFile.ToUrl(type, kept.Logo.Span) : null)),
            errors.Status);
    }
}
