# The service in a container: `docker build -t linkmonitor .`, or `docker compose up` with Azurite beside it. See docs/install.md.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig host.json ./
COPY src src
# For this platform, so compiled ahead: it starts with less work.
RUN dotnet publish src/LinkMonitor -c Release --use-current-runtime --no-self-contained -o /app

# With ICU, which comparing texts beyond ASCII needs, unlike the images called chiseled and alpine.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app
# What is kept: the installation's id, and mails while no transport is set. Nothing else is written, so the root file system may be read-only.
RUN mkdir /data && chown "$APP_UID" /data
WORKDIR /data
VOLUME /data
ENV ASPNETCORE_URLS=http://+:7071 DOTNET_EnableDiagnostics=0
EXPOSE 7071
USER $APP_UID
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["dotnet", "/app/linkmonitor.dll", "health"]
ENTRYPOINT ["dotnet", "/app/linkmonitor.dll"]
